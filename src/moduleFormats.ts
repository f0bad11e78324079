import { registerHooks } from 'node:module';

/*
 * Makes every program start sooner. To learn whether a `.js` file is a module, Node reads the package.json of its
 * package and parses `exports` anew for each file; drizzle-orm's has 179 kB and more than a hundred files are
 * loaded. All that its modules import from one another are modules too, so Node is told, and need not look.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL } = context;
    if (parentURL?.includes('/node_modules/drizzle-orm/') && /^\.{1,2}\/.*\.js$/.test(specifier))
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
