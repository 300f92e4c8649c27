const shapes = {
  refresh: 'M13.2 6.5A5.5 5.5 0 1 0 13 10M13.5 2.8v3.9H9.6',
  chevron: 'M6 3.8 10.2 8 6 12.2',
  down: 'M3.8 6 8 10.2 12.2 6',
  copy: 'M5.8 5.8h7.4v7.4H5.8zM3.6 10.2H2.8V2.8h7.4v.8',
  check: 'M3 8.6 6.4 12 13 4.6',
  cross: 'M4 4l8 8M12 4l-8 8',
  out: 'M9.2 2.8h4v4M13 3 7.6 8.4M6.4 3.6H2.8v9.6h9.6V9.6',
  clock: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M8 4.8V8l2.2 1.6',
  star: 'M8 2.2 9.8 6l4.1.5-3 2.9.8 4.1L8 11.4l-3.7 2.1.8-4.1-3-2.9L6.2 6z',
  warning: 'M8 2.4 14.3 13H1.7zM8 6.4v3M8 11.2v.1',
  offline:
    'M2.4 2.4l11.2 11.2M1.8 6.4A9 9 0 0 1 4.6 4.7M7.2 4A9 9 0 0 1 14.2 6.4M4.2 9a5.6 5.6 0 0 1 2.4-1.5M9.8 7.6A5.6 5.6 0 0 1 11.8 9M8 12v.1',
  lock: 'M3.8 7.2h8.4v6H3.8zM5.4 7V5a2.6 2.6 0 0 1 5.2 0v2',
  person: 'M8 2.4a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M2.8 13.6a5.2 5.2 0 0 1 10.4 0',
  people:
    'M6 3a2.4 2.4 0 1 1 0 4.8A2.4 2.4 0 0 1 6 3M1.6 13a4.4 4.4 0 0 1 8.8 0M10.6 3.3a2.4 2.4 0 0 1 0 4.2M12 9.4a4.4 4.4 0 0 1 2.4 3.6',
  search: 'M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.3 10.3 13.6 13.6',
  mail: 'M2.2 3.8h11.6v8.4H2.2zM2.4 4.2 8 8.8l5.6-4.6',
  phone: 'M5.6 2.6 3.2 3.4C3 8.6 7.4 13 12.6 12.8l.8-2.4-2.8-1.6-1.4 1.2A7 7 0 0 1 6 6.8l1.2-1.4z',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.7.7M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.7-.7',
  back: 'M12.6 8H3.4M7.4 4 3.4 8l4 4',
  next: 'M3.4 8h9.2M8.6 4l4 4-4 4',
  bag: 'M3.2 5.2h9.6l.8 8.4H2.4zM5.6 7V4.8a2.4 2.4 0 0 1 4.8 0V7',
  up: 'M8 12.6V3.4M4 7.4l4-4 4 4',
  low: 'M8 3.4v9.2M4 8.6l4 4 4-4',
  positive:
    'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M5.8 6.4v.1M10.2 6.4v.1M5.4 9.4a3 3 0 0 0 5.2 0',
  neutral: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M5.8 6.4v.1M10.2 6.4v.1M5.6 10.2h4.8',
  negative:
    'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2M5.8 6.4v.1M10.2 6.4v.1M5.4 10.8a3 3 0 0 1 5.2 0',
} as const

export type IconName = keyof typeof shapes

/** A picture beside words that say the same; `turns` mirrors it in right-to-left languages. */
export function Icon({ name, tiny, turns }: { name: IconName; tiny?: boolean; turns?: boolean }) {
  return (
    <svg
      class={`icon${tiny ? ' tiny' : ''}${turns ? ' turns' : ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  )
}
