/**
 * Who may import what, on resolved paths. docs and .cursor/rules say it in words;
 * tools/lint/boundaries.spec.ts plants a violation of every rule and sees it found.
 */
const DOMAIN = '^packages/twenty-mak-domain/src/';
const SERVER = '^packages/twenty-mak/src/';
const FRONT = '^packages/twenty-front-ext/src/';
const APP = '^packages/twenty-mak-app/src/';
const TEST_SUPPORT = String.raw`(\.spec|\.int-spec)\.tsx?$|\.spec-support\.ts$|/fixtures\.ts$|/src/simulation/|/test/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-only-itself',
      comment: 'The domain imports nothing but the domain: no package, no Node module, no server.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TEST_SUPPORT },
      to: { pathNot: DOMAIN },
    },
    {
      name: 'no-test-support-in-sources',
      comment: 'What ships does not lean on tests, fixtures or generators of tests.',
      severity: 'error',
      from: { path: [DOMAIN, SERVER], pathNot: TEST_SUPPORT },
      to: { path: TEST_SUPPORT, pathNot: 'node_modules' },
    },
    {
      name: 'feature-through-index',
      comment: 'A feature imports another feature only through its index.ts.',
      severity: 'error',
      from: { path: `${SERVER}features/([^/]+)/`, pathNot: TEST_SUPPORT },
      to: {
        path: `${SERVER}features/[^/]+/`,
        pathNot: [`${SERVER}features/$1/`, `${SERVER}features/[^/]+/index[.]ts$`],
      },
    },
    {
      name: 'feature-not-connector',
      comment: 'Features and connectors speak through events.',
      severity: 'error',
      from: { path: `${SERVER}features/`, pathNot: TEST_SUPPORT },
      to: { path: `${SERVER}connectors/` },
    },
    {
      name: 'connector-only-platform-and-sync',
      comment: 'A connector imports itself, the platform and connectors/sync.',
      severity: 'error',
      from: { path: `${SERVER}connectors/([^/]+)/`, pathNot: TEST_SUPPORT },
      to: {
        path: SERVER,
        pathNot: [`${SERVER}connectors/$1/`, `${SERVER}connectors/sync/`, `${SERVER}platform/`],
      },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'The platform imports no feature, no connector and no composition root.',
      severity: 'error',
      from: { path: `${SERVER}platform/`, pathNot: TEST_SUPPORT },
      to: { path: SERVER, pathNot: `${SERVER}platform/` },
    },
    {
      name: 'feature-not-composition-root',
      comment: 'Only the composition root (the files directly in src) knows all features.',
      severity: 'error',
      from: { path: `${SERVER}(features|connectors)/`, pathNot: TEST_SUPPORT },
      to: { path: `${SERVER}[^/]+[.]ts$` },
    },
    {
      name: 'server-not-cli',
      comment: 'Command line, benchmarks and simulator know the server, never the other way round.',
      severity: 'error',
      from: { path: `${SERVER}(features|connectors|platform)/`, pathNot: TEST_SUPPORT },
      to: { path: `${SERVER}(cli|bench|simulator)/` },
    },
    {
      name: 'front-never-server',
      comment: 'Pages know the server by its schema only; they share the rules with it.',
      severity: 'error',
      from: { path: FRONT },
      to: { path: '^packages/twenty-mak/' },
    },
    {
      name: 'app-only-itself',
      comment:
        'The app of twenty is installed elsewhere: it knows MaK by its API, and none of its code.',
      severity: 'error',
      from: { path: APP },
      to: { path: '^packages/', pathNot: APP },
    },
    {
      name: 'ui-knows-no-data',
      comment: 'ui/ shows what it is given: it knows no page, no session, no query.',
      severity: 'error',
      from: { path: `${FRONT}ui/`, pathNot: TEST_SUPPORT },
      to: { path: [`${FRONT}(app|pages|parts|generated)/`, 'node_modules/@apollo/'] },
    },
    {
      name: 'page-not-page',
      comment: 'What two pages show stands in parts/ or ui/.',
      severity: 'error',
      from: { path: `${FRONT}pages/([^/]+)/` },
      to: { path: `${FRONT}pages/`, pathNot: `${FRONT}pages/$1/` },
    },
    {
      name: 'parts-know-no-page',
      comment: 'Parts are used by pages, never the other way round.',
      severity: 'error',
      from: { path: `${FRONT}parts/` },
      to: { path: `${FRONT}pages/` },
    },
    {
      name: 'one-place-per-library',
      comment:
        'Drag and drop (of cards, of lists), tables and charts can be exchanged in one folder each.',
      severity: 'error',
      from: { path: FRONT, pathNot: `${FRONT}ui/(board|sortable|data-table|chart)/` },
      to: { path: 'node_modules/(@hello-pangea/|@tanstack/|@visx/)' },
    },
    {
      name: 'no-cycle',
      comment: 'No file imports itself through others. Types may refer to each other.',
      severity: 'error',
      from: { path: [DOMAIN, SERVER, FRONT, APP] },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unlisted-package',
      comment: 'An imported package stands in the package.json of the package that imports it.',
      severity: 'error',
      from: { path: [DOMAIN, SERVER], pathNot: TEST_SUPPORT },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-package-in-sources',
      comment:
        'What ships runs without the packages of development; command line and benchmarks need a checkout.',
      severity: 'error',
      from: { path: SERVER, pathNot: [`${SERVER}(cli|bench)/`, TEST_SUPPORT] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: { path: [DOMAIN, SERVER] },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]stryker-tmp|^packages/[^/]+/dist' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
