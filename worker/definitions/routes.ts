import { Hono } from 'hono'
import { needs } from '../auth/access.ts'
import type { AppEnv } from '../http.ts'
import { definitions } from './catalog.ts'

export const definitionRoutes = new Hono<AppEnv>().get(
  '/v1/definitions',
  needs('read', 'What every displayed number means'),
  (c) => c.json({ items: definitions, next: null, total: definitions.length }, 200),
)
