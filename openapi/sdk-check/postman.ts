// The Postman collection that docs/clients.md makes, run as Postman does: every request with what is enabled in it.
import { readFileSync } from 'node:fs';

interface Entry {
  key: string;
  value: string;
  disabled?: boolean;
}
interface Item {
  name: string;
  /** The requests of a folder. */
  item?: Item[];
  request?: { method: string; header: Entry[]; url: { path: string[]; query: Entry[]; variable: Entry[] } };
}

/** Sends every request of a collection; returns what is wrong: requests that are not answered with 2xx. */
export async function runCollection(file: string, base: string): Promise<string[]> {
  const collection: Item = JSON.parse(readFileSync(file, 'utf8'));
  const faults: string[] = [];
  const requests = requestsOf(collection);
  for (const { name, request } of requests) {
    const { status, body, url } = await send(request, base);
    if (status < 200 || status > 299)
      faults.push(`Postman: ${name}: ${url} is answered with ${status}: ${body}`);
  }
  if (requests.length < 20) faults.push(`Postman: the collection has ${requests.length} requests`);
  if (faults.length === 0)
    console.log(`sdk-check: ${requests.length} requests of the Postman collection answered`);
  return faults;
}

function requestsOf({
  name,
  item = [],
  request,
}: Item): { name: string; request: NonNullable<Item['request']> }[] {
  return [...(request ? [{ name, request }] : []), ...item.flatMap(requestsOf)];
}

async function send(
  { method, header, url: { path, query, variable } }: NonNullable<Item['request']>,
  base: string,
): Promise<{ status: number; body: string; url: string }> {
  const enabled = (entries: Entry[]): Entry[] => entries.filter(({ disabled }) => !disabled);
  const values = new Map(enabled(variable).map(({ key, value }) => [`:${key}`, encodeURIComponent(value)]));
  const pathname = path.map((part) => values.get(part) ?? part).join('/');
  const search = new URLSearchParams(enabled(query).map(({ key, value }) => [key, value]));
  const url = `${base}/${pathname}?${search}`;
  const headers = enabled(header).map(({ key, value }): [string, string] => [key, value]);
  const response = await fetch(url, { method, headers });
  return { status: response.status, body: await response.text(), url };
}
