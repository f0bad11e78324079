import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of tests a folder for the stores of which each test gets copies (`openTestStore`); it is removed afterwards. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'attest-templates-'));
  process.env.TEST_TEMPLATES = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
