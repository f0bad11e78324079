import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/postgres/migrationTables.ts',
  out: './migrations/postgres',
});
