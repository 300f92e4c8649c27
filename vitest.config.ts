import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { preact } from '@preact/preset-vite'
import { defineConfig } from 'vitest/config'
import { messages } from './translations/plugin.ts'

const migrations = {
  TEST_CONTROL_MIGRATIONS: await readD1Migrations('worker/migrations/control'),
  TEST_SHARD_MIGRATIONS: await readD1Migrations('worker/migrations/shard'),
}

export default defineConfig({
  test: {
    silent: 'passed-only',
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.worker.test.ts', 'test/end-to-end/**'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            remoteBindings: false,
            miniflare: {
              bindings: {
                ...migrations,
                BOOTSTRAP_KEY: 'operator-key-of-the-tests',
                SESSION_SECRET: 'secret-of-the-tests-32-bytes-long!',
                ZENDESK_CLIENT_ID: 'zdg-rapport',
                ZENDESK_CLIENT_SECRET: 'client-secret-of-the-tests',
                TOKEN_KEYS: `tests:${'A'.repeat(43)}=`,
              },
              // No request of a test leaves this machine.
              outboundService: () => new Response(null, { status: 599 }),
              ratelimits: {
                KEY_LIMIT: { namespace_id: '1001', simple: { limit: 1_000_000, period: 60 } },
              },
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['test/**/*.worker.test.ts'],
          setupFiles: ['test/support/worker/setup.ts'],
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [preact(), messages({ pseudo: true })],
        test: {
          name: 'dom',
          include: ['test/**/*.dom.test.tsx'],
          environment: 'happy-dom',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 600_000,
          // A browser on a shared machine may stumble once; a test that needed its second try is told so.
          retry: 1,
          // A page on a busy machine takes its time; what never comes still fails.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
