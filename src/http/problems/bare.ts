import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ALLOWED } from './notFound.ts';
import { Problem, type ProblemType, problemBody, problemTypes } from './types.ts';

// Problems of what is hardly a request: Node hands it to no handler, only the connection that it came by.

/** What Node's parser says of what it could not read. */
type ParserError = Error & { code?: string; rawPacket?: unknown };

/** A request line that is well formed, so that Node did not know its method. */
const REQUEST_LINE = /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/1\.[01]\r?\n/;

/** Answers what Node's parser refuses, and ends the connection. `basePath` is the prefix of the API, where one is configured. */
export function refuseUnreadable(error: ParserError, connection: Duplex, basePath: string): void {
  if (connection.destroyed || !connection.writable) return;
  const [type, detail] = faultOf(error);
  end(connection, new Problem(type, detail ?? problemTypes[type].explanation), basePath);
}

function faultOf({ code, rawPacket }: ParserError): [type: ProblemType, detail?: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['headers-too-long'];
    case 'HPE_INVALID_METHOD':
      return [REQUEST_LINE.test(String(rawPacket)) ? 'method-not-implemented' : 'bad-http'];
    case 'HPE_INVALID_URL':
      return [
        'bad-http',
        'the URL has a character that URLs cannot have: percent-encode it, é as %C3%A9 for example',
      ];
    default:
      return ['bad-http'];
  }
}

/** Answers CONNECT, by which a client asks for a tunnel, and ends the connection. */
export function refuseTunnel(connection: Duplex, basePath: string): void {
  const problem = new Problem('method-not-allowed', 'CONNECT is not allowed: this server is no proxy');
  end(connection, problem, basePath, `Allow: ${ALLOWED}\r\n`);
}

function end(connection: Duplex, problem: Problem, basePath: string, headers = ''): void {
  const body = JSON.stringify(problemBody(problem, '', basePath));
  const { status } = problemTypes[problem.type];
  connection.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers}Content-Type: application/problem+json\r\nCache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
