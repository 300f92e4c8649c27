import { benchCases } from './cases.ts'
import { benchCustomers } from './customers.ts'
import { benchIngest } from './ingest.ts'
import { benchJourneys } from './journeys.ts'
import { benchSatisfaction } from './satisfaction.ts'
import { benchSegments } from './segments.ts'
import { benchSentiment } from './sentiment.ts'

const benchmarks: Record<string, (large: boolean) => Promise<void>> = {
  ingest: benchIngest,
  segments: benchSegments,
  satisfaction: benchSatisfaction,
  sentiment: benchSentiment,
  cases: benchCases,
  customers: benchCustomers,
  journeys: benchJourneys,
}

/** `npm run bench -- [name …] [--large]`: all benchmarks, or the named ones; --large adds a million orders. */
const words = process.argv.slice(2).filter((word) => word !== '--large')
const large = process.argv.includes('--large')
for (const name of words.length > 0 ? words : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name]
  if (benchmark === undefined) {
    console.error(`No benchmark "${name}"; there are: ${Object.keys(benchmarks).join(', ')}`)
    process.exitCode = 1
  } else {
    await benchmark(large)
  }
}
