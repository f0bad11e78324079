/** Whether the user asks for help, by --help; if so, prints how the command is used. */
export function printedHelp(usage: string): boolean {
  const isAsked = process.argv.slice(2).includes('--help');
  if (isAsked) console.log(usage);
  return isAsked;
}
