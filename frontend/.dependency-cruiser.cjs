/**
 * The floors of the front end, from the top: app, pages, features, ui, api, and i18n with styles.
 * A folder imports from its own floor's folder and from floors below. `npm run lint` checks it.
 */
const PAGES = 'feed|watch|theatre|me|about|rights|premiere|cocreation|consoles'
const FEATURES = 'auth|catalog|season|player|speech'
const FLOORS = [
  ['app', 'app'],
  ['pages', PAGES],
  ['features', FEATURES],
  ['ui', 'ui'],
  ['api', 'api'],
  ['foundation', 'i18n|styles'],
]

/** A folder of one floor must not import from any floor above it. */
const noUpwardImports = FLOORS.slice(1).map(([name, folders], index) => ({
  name: `${name}-import-nothing-above`,
  severity: 'error',
  from: { path: `^src/(${folders})/` },
  to: {
    path: `^src/(main\\.tsx$|(${FLOORS.slice(0, index + 1)
      .map(([, above]) => above)
      .join('|')})/)`,
  },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two modules that import each other are one module in two files.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...noUpwardImports,
    {
      name: 'pages-stand-alone',
      comment:
        'A page imports no other page. Sections that one page shows of another are named here: ' +
        'premieres and proposals on the theatre’s pages, writing rooms on one’s own.',
      severity: 'error',
      from: { path: `^src/(${PAGES})/`, pathNot: '^src/consoles/' },
      to: {
        path: `^src/(${PAGES})/`,
        pathNot: [
          '^src/$1/',
          '^src/premiere/(PremiereStrip|NextPremiere)\\.tsx$',
          '^src/cocreation/(seriesSections\\.ts|WritingRoomList\\.tsx)$',
        ],
      },
    },
    {
      name: 'consoles-stand-alone',
      comment: 'A console imports no viewer’s page (but the parts of a claim) and no other console.',
      severity: 'error',
      from: { path: '^src/consoles/([^/]+)/', pathNot: '^src/consoles/shared/' },
      to: {
        path: `^src/(${PAGES})/`,
        pathNot: [
          '^src/consoles/($1|shared)/',
          '^src/consoles/types\\.ts$',
          '^src/rights/(ClaimParts|claimMessages|formErrors)\\.tsx?$',
        ],
      },
    },
    {
      name: 'consoles-are-lazy',
      comment: 'Mantine and the consoles are chunks of their own: only their routes are imported.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/consoles/' },
      to: { path: '^src/consoles/', pathNot: '^src/consoles/routes\\.ts$' },
    },
    {
      name: 'mantine-in-consoles-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(consoles|testing)/' },
      to: { path: 'node_modules/@mantine/' },
    },
    {
      name: 'no-test-code-in-the-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|^src/testing/' },
      to: { path: '^src/testing/|\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
}
