import { defineConfig } from 'oxlint';

// The floors of the house (CONTRIBUTING.md): imports lead down only, and only `db/<engine>/` knows a driver.

/** What stands above each floor, as the start of a path that leads out of it. */
const ABOVE_RESOURCES = ['server\\.ts', 'app\\.ts', 'config\\.ts', 'cli/', 'pages/', 'seed/', 'import/'];
const ABOVE_HTTP = [...ABOVE_RESOURCES, 'resources/'];
const ABOVE_SEED = ['server\\.ts', 'app\\.ts', 'config\\.ts', 'cli/', 'pages/', 'resources/', 'http/'];
const ABOVE_IMPORT = ABOVE_SEED;
const ABOVE_DB = [...ABOVE_HTTP, 'http/'];

const DRIVERS = [
  'better-sqlite3',
  'drizzle-orm/better-sqlite3',
  'drizzle-orm/better-sqlite3/*',
  'drizzle-orm/sqlite-*',
  'pg',
  'pg-connection-string',
  'drizzle-orm/pg-proxy',
];
const WEB = ['fastify', 'fastify-*', '@fastify/*'];
const SQL = ['drizzle-orm', 'drizzle-orm/*', ...DRIVERS];

const noPackages = (group: string[], message: string) => ({ group, message });
const noPaths = (starts: string[], message: string) => ({
  regex: `^(\\.\\.?/)+(${starts.join('|')})`,
  message,
});
const noSql = [
  noPackages(SQL, 'this file knows no SQL: it calls queries'),
  noPaths(
    ['db/(tables|conditions)\\.ts', 'db/filters/', 'db/lists/related'],
    'this file knows no SQL: it calls queries',
  ),
];
const noEngine = [
  noPackages(DRIVERS, 'only db/sqlite/ and db/postgres/ know a driver'),
  noPaths(['(db/)?(sqlite|postgres)/'], 'only db/openStore.ts and db/generateMigrations.ts know the engines'),
];
const noOtherResource = {
  regex: '^\\.\\./[a-z]',
  message: 'resources never import each other: move what two share down to http/ or db/',
};

const restricted = (...patterns: object[]) => ({
  'no-restricted-imports': ['error', { patterns }] as ['error', { patterns: object[] }],
});

export default defineConfig({
  plugins: ['typescript', 'import'],
  categories: { correctness: 'error' },
  rules: {
    'typescript/no-floating-promises': ['error', { checkThenables: true }],
    'typescript/no-misused-promises': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
  },
  ignorePatterns: ['node_modules', 'migrations', 'openapi'],
  overrides: [
    {
      files: ['src/domain/**'],
      rules: restricted(
        noPackages([...WEB, ...SQL], 'domain/ knows neither HTTP nor SQL'),
        noPaths(['[a-z]+/', '\\.\\./'], 'domain/ is the lowest floor: it imports nothing outside itself'),
      ),
    },
    {
      files: ['src/db/**'],
      rules: restricted(
        noPackages(WEB, 'db/ knows no HTTP'),
        noPaths(ABOVE_DB, 'imports lead down: db/ rests on domain/ alone'),
        ...noEngine,
      ),
    },
    {
      files: ['src/db/sqlite/**'],
      rules: restricted(
        noPackages(WEB, 'db/ knows no HTTP'),
        noPaths([...ABOVE_DB, 'postgres/'], 'imports lead down: an engine rests on db/ and domain/ alone'),
      ),
    },
    {
      files: ['src/db/postgres/**'],
      rules: restricted(
        noPackages(WEB, 'db/ knows no HTTP'),
        noPaths([...ABOVE_DB, 'sqlite/'], 'imports lead down: an engine rests on db/ and domain/ alone'),
      ),
    },
    {
      files: ['src/db/openStore.ts', 'src/db/generateMigrations.ts'],
      rules: restricted(
        noPackages([...WEB, ...DRIVERS], 'the engines know the drivers'),
        noPaths(ABOVE_DB, 'imports lead down: db/ rests on domain/ alone'),
      ),
    },
    {
      files: ['src/http/**'],
      rules: restricted(
        noPaths(ABOVE_HTTP, 'imports lead down: http/ rests on db/ and domain/'),
        ...noSql,
        ...noEngine,
      ),
    },
    {
      files: ['src/seed/**'],
      rules: restricted(
        noPackages(WEB, 'seed/ knows no HTTP'),
        noPaths([...ABOVE_SEED, 'import/'], 'imports lead down: seed/ rests on db/ and domain/'),
        ...noEngine,
      ),
    },
    {
      files: ['src/import/**'],
      rules: restricted(
        noPackages(WEB, 'import/ knows no HTTP'),
        noPaths(ABOVE_IMPORT, 'imports lead down: import/ rests on seed/, db/ and domain/'),
        ...noEngine,
      ),
    },
    {
      files: ['src/pages/**'],
      rules: restricted(
        noPaths(
          ['server\\.ts', 'app\\.ts', 'config\\.ts', 'cli/', 'seed/', 'import/'],
          'imports lead down: pages/ rest on resources/, http/, db/ and domain/',
        ),
        noPaths(
          ['resources/[a-z]+/(routes|formats)'],
          'pages call the queries of resources, not their routes',
        ),
        ...noSql,
        ...noEngine,
      ),
    },
    {
      files: ['src/resources/*/routes.ts', 'src/resources/*/schema.ts', 'src/resources/*/formats.ts'],
      rules: restricted(
        noPaths(ABOVE_RESOURCES, 'imports lead down: resources/ rest on http/, db/ and domain/'),
        noOtherResource,
        ...noSql,
        ...noEngine,
      ),
    },
    {
      files: ['src/resources/*/queries.ts'],
      rules: restricted(
        noPackages(WEB, 'queries know no HTTP'),
        noPaths([...ABOVE_RESOURCES, 'http/'], 'queries rest on db/ and domain/ alone'),
        noOtherResource,
        ...noEngine,
      ),
    },
    {
      files: ['src/app.ts', 'src/server.ts', 'src/config.ts', 'src/cli/**'],
      rules: restricted(...noEngine),
    },
  ],
});
