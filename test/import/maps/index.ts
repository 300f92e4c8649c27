import type { ImportMap } from './map.ts'
import { onlineRetail, onlineRetailCredits } from './online-retail.ts'
import { superstore } from './superstore.ts'
import { uciIncidents } from './uci-incidents.ts'

/** The ready maps, by the name that `--map` takes. */
export const readyMaps: ReadonlyMap<string, ImportMap> = new Map([
  ['online_retail', onlineRetail],
  ['online_retail_credits', onlineRetailCredits],
  ['superstore', superstore],
  ['uci_incidents', uciIncidents],
])
