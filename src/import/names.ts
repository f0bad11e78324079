import { sha256 } from '../seed/files/passages.ts';
import { slugOf } from './countries.ts';

/**
 * The id of an actor of a provider that gives names and no ids; `isSector` when it is one of a state, such as `Police (Kenya)`. With some
 * digits of the hash of the name where another name could be spelled alike without accents and punctuation.
 */
export function idOfName(provider: string, name: string, isSector: boolean): string {
  const slug = slugOf(name);
  if (isSector && /^[A-Za-z]+( [A-Za-z]+)* \([A-Za-z ]+\)$/.test(name)) return `${provider}-sector-${slug}`;
  if (/^[A-Za-z]+( [A-Za-z]+)*$/.test(name)) return `${provider}-${slug}`;
  return [provider, slug, sha256(name).slice(0, 8)].filter((part) => part !== '').join('-');
}
