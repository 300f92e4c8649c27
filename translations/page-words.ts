/** Beginnings of keys that only pages of the tab use: the sidebar does not load them. */
export const pageWords = [
  'by',
  'customers',
  'desk',
  'drawer',
  'inquiries',
  'journeys',
  'moved',
  'page',
  'pager',
  'pages',
  'push',
  'ratings',
  'reasons',
  'rule',
  'satisfaction',
  'save',
  'settings',
  'segmentation',
  'stake',
  'stream',
  'streamState',
  'template',
  'trouble',
] as const

/** True for a key of the pages: one of the beginnings, alone or before a dot. */
export function isPageWord(key: string): boolean {
  const [head = ''] = key.split('.')
  return pageWords.some((one) => one === head)
}
