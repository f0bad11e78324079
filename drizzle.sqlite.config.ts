import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/db/sqlite/migrationTables.ts',
  out: './migrations/sqlite',
});
