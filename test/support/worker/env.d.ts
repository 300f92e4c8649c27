import type { D1Migration } from '@cloudflare/vitest-plugin'
import type { Env as WorkerEnv } from '../../../worker/env.ts'
import type * as Worker from '../../../worker/index.ts'

declare global {
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: typeof Worker
    }
    interface Env extends WorkerEnv {
      TEST_CONTROL_MIGRATIONS: D1Migration[]
      TEST_SHARD_MIGRATIONS: D1Migration[]
    }
  }
}
