import { en } from './en.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { Language, Phrases } from './phrase.ts'
import { pt } from './pt.ts'
import { zh } from './zh.ts'

export const phrases: Record<Language, Phrases> = { en, ja, ko, pt, zh }
