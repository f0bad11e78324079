import { defineConfig } from 'orval';

export default defineConfig({
  attest: {
    input: '../openapi.json',
    output: { target: 'generated/orval.ts', client: 'fetch', mode: 'single' },
  },
});
