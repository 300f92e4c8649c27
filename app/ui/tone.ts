export type Tone = 'grey' | 'blue' | 'green' | 'amber' | 'red' | 'teal' | 'violet'
