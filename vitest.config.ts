import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'training/**/*.test.ts'],
    // Most tests wait for processes they have started: one file at a time would leave a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['test/support/global-setup.ts'],
    // A guard against what hangs, not a measure: machines are slow at times, and nothing here is timed.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 300_000 } },
    // Real servers, browsers and killed processes, on machines that do other things: what fails once is tried once more, and the report says so
    // (`retry x1`). A test that needs it is a defect to be looked into all the same.
    retry: 1,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: [
        'src/**/*.test.ts',
        // Run only in processes of their own, which tests start and coverage does not follow into.
        'src/entry/**',
        'src/**/*-process.ts',
        'src/adapters/face-detectors/{load-face-api,load-yunet,ssd-network}.ts',
        'src/adapters/speech-engines/sherpa/{load-*,read-wave}.ts',
      ],
      reporter: ['text-summary', 'text'],
      thresholds: { lines: 90 },
    },
  },
})
