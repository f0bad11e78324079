import { openReadOnly, Statements } from './file.ts';
import type { Answer, Question } from './workerProcess.ts';

// A process that runs the heavy queries of one store, one after another; started by `workerProcess.ts` with the
// store's path. Its errors are translated where they arrive.

const [, , path] = process.argv;
if (path === undefined) throw new Error('the path of the store is missing');
// Opened with the first query, so that a file that cannot be opened is the answer to it.
let statements: Statements | undefined;

function answer({ query, parameters }: Question): Answer {
  try {
    statements ??= new Statements(openReadOnly(path as string));
    return { rows: statements.rowsOf(query, parameters) };
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    return { error: { name, message, code } };
  }
}

process.on('message', (question: Question) => process.send?.(answer(question)));
// The server is gone.
process.on('disconnect', () => process.exit());
