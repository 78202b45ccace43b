/**
 * The way of the data, checked by `npm test`: a room imports only from rooms to its left, and no files form a circle,
 * type imports included. ARCHITECTURE.md says what lives in each room.
 */

/** From left to right. */
const way = [
  'syntax',
  'policy',
  'values',
  'edits',
  'models',
  'frameworks',
  'browser',
  'verdict',
  'rules',
  'service',
  'lsp',
  'cli',
  'node',
  'browser-worker',
];

/** Neither imports anything from these: what is said of one room holds for the ones beside it. */
const beside = [
  ['frameworks', 'browser'],
  ['frameworks', 'verdict'],
  ['lsp', 'cli'],
  ['node', 'browser-worker'],
];

const inRoom = (room) => `^server/src/${room}/`;

const noWayBack = way.slice(0, -1).map((room, at) => ({
  name: `no-way-back-from-${room}`,
  comment: `The data goes one way: ${way.join(' → ')}.`,
  severity: 'error',
  from: { path: inRoom(room) },
  to: { path: way.slice(at + 1).map(inRoom) },
}));

const noWayAcross = beside.flatMap(([one, other]) =>
  [
    [one, other],
    [other, one],
  ].map(([from, to]) => ({
    name: `${from}-knows-no-${to}`,
    comment: `${from} and ${to} stand beside each other: neither knows the other.`,
    severity: 'error',
    from: { path: inRoom(from) },
    to: { path: inRoom(to) },
  })),
);

/**
 * The worlds of frameworks stand beside each other, each server of `servers/` a world of its own. What two of them
 * need is a model.
 */
const worldsApart = {
  name: 'worlds-apart',
  comment: 'A world of frameworks knows no other world: what both need lives in models/.',
  severity: 'error',
  from: { path: '^server/src/frameworks/(servers/[^/]+|[^/]+)/' },
  to: { path: '^server/src/frameworks/', pathNot: '^server/src/frameworks/$1/' },
};

/** What reaches files, processes, the network or the editor's protocol stands in the last rooms only. */
const pure = {
  name: 'pure',
  comment: 'This room runs in a web worker and reads nothing by itself.',
  severity: 'error',
  from: { path: '^server/src/(?!lsp/|cli/|node/|browser-worker/)' },
  to: {
    path: ['^(node:)?\\w+(/promises)?$', 'node_modules/vscode-languageserver/', '^vscode$'],
    dependencyTypes: ['core', 'npm', 'undetermined'],
  },
};

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Split what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...noWayBack,
    ...noWayAcross,
    worldsApart,
    pure,
    {
      name: 'server-and-client-apart',
      comment: 'The client knows the server by its protocol alone.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
  ],
  options: {
    // Type imports count: a circle of types is one that a reader has to walk, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
