import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from '@fastify/proxy-addr';
import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting as a whole number in digits, so that `0x10`, `1e3` and an empty value are refused. */
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `must be a whole number from ${min} to ${max}`);

/** A setting as addresses or subnets separated by commas. */
const addresses = z
  .string()
  .transform((list) => list.split(',').map((address) => address.trim()))
  .refine((list) => {
    try {
      // The library reads a bare number, in other programs a number of proxies, as the address 0.0.0.1.
      return compile(list) !== undefined && list.every((each) => !/^\d+(\/|$)/.test(each));
    } catch {
      return false;
    }
  }, 'must be addresses or subnets separated by commas, such as 10.0.0.0/8,loopback');

/** A setting as the address under which clients reach the API; read without the slash at its end. */
const publicUrl = z.string().transform((text, context) => {
  const parts = /^https?:\/\/[^\s/?#@\\]+(.*)$/i.exec(text);
  if (parts && URL.canParse(text)) {
    const [, path = ''] = parts;
    // As browsers write it: lower case, no standard port, other scripts as xn--.
    const { origin, host } = new URL(text);
    if (/^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/.test(host) && /^(\/(?!\.\.?(\/|$))[\w.~-]+)*\/?$/.test(path))
      return `${origin}${path.replace(/\/$/, '')}`;
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be where clients reach the API: http:// or https://, a host, and a path if it has one, such as https://example.org/attest',
  });
  return z.NEVER;
});

const settings = z.object({
  HOST: z.string().min(1, 'must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(3000),
  DATABASE_URL: z.string().min(1, 'must be a file: or a postgres: URL').default('file:./data/attest.db'),
  DATABASE_READ_URL: z.string().min(1, 'must be a postgres: URL').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  ARTICLES_DIR: z
    .string()
    .refine(
      (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
      'must be a folder that exists; unset it if you do not have the articles',
    )
    .optional(),
  RATE_LIMIT: wholeNumber(0, 999_999).default(0),
  WORKERS: wholeNumber(1, 64).default(1),
  TRUST_PROXY: addresses.optional(),
  PUBLIC_URL: publicUrl.optional(),
  CLOSE_TIMEOUT: wholeNumber(0, 3_600).default(8),
});

/** All settings, read from the environment; documented in the README. */
export interface Config {
  host: string;
  /** TCP port; 0 takes any free one. */
  port: number;
  databaseUrl: string;
  /** A replica from which the server reads; undefined: the same database. */
  databaseReadUrl: string | undefined;
  logLevel: LogLevel;
  /** Folder with the articles' texts, where they are at hand. */
  articlesDir: string | undefined;
  /** Requests a minute and client; 0 = any number. */
  rateLimit: number;
  /** How many slow queries run at once, each in a worker process; one more process is for quick ones. */
  workers: number;
  /** Addresses of the reverse proxies whose `X-Forwarded-…` headers are believed. */
  trustProxy: string[];
  /** Where clients reach the API, without a slash at the end; undefined: as each request says. */
  publicUrl: string | undefined;
  /** Seconds for which answers in progress may go on after a signal to end. */
  closeTimeout: number;
}

/** Thrown when a setting has a value that it cannot have; the message names each such setting. */
export class ConfigError extends Error {}

/** The dataset that comes with Attest. */
export const BUNDLED_DATASET = fileURLToPath(new URL('../seeds/cambodia-us', import.meta.url));

/** The configuration that an environment describes. Throws a ConfigError. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const result = settings.safeParse(environment);
  if (!result.success) {
    throw new ConfigError(
      result.error.issues
        .map((issue) => {
          const name = String(issue.path[0]);
          return `${name}=${environment[name] ?? ''}: ${issue.message}`;
        })
        .join('; '),
    );
  }
  const {
    HOST,
    PORT,
    DATABASE_URL,
    DATABASE_READ_URL,
    LOG_LEVEL,
    ARTICLES_DIR,
    RATE_LIMIT,
    WORKERS,
    TRUST_PROXY,
    PUBLIC_URL,
    CLOSE_TIMEOUT,
  } = result.data;
  return {
    host: HOST,
    port: PORT,
    databaseUrl: DATABASE_URL,
    databaseReadUrl: DATABASE_READ_URL,
    logLevel: LOG_LEVEL,
    articlesDir: ARTICLES_DIR,
    rateLimit: RATE_LIMIT,
    workers: WORKERS,
    trustProxy: TRUST_PROXY ?? [],
    publicUrl: PUBLIC_URL,
    closeTimeout: CLOSE_TIMEOUT,
  };
}
