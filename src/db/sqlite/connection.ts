import SQLite from 'better-sqlite3';

/** Milliseconds to wait for other processes' writes; a load of the bundled dataset takes under a second. */
export const BUSY_MILLISECONDS = 5_000;

/** Opens the file of a store for reading alone. Throws SQLite's errors. */
export function openReader(path: string): SQLite.Database {
  const reader = new SQLite(path, { readonly: true, timeout: BUSY_MILLISECONDS });
  reader.pragma('temp_store = MEMORY');
  reader.pragma('cache_size = -65536');
  reader.pragma('mmap_size = 2147483648');
  return reader;
}
