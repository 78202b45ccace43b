// The automata's package brings the character tables of Unicode as JSON text, one object for each range: four fifths of its file, and a
// tenth of what we ship. As differences between neighbours they take a third less of a packed file, and are read as fast.
const { readFileSync } = require('node:fs');

/** A table of ranges, in quotes of either kind. */
const table = /JSON\.parse\((["'])(\[\{"min":\d+,"max":\d+\}(?:,\{"min":\d+,"max":\d+\})*\])\1\)/g;

/** From the end of the range before it to its start, and from there to its end, for each range. */
function differencesOf(ranges) {
  return ranges.flatMap(({ min, max }, at) => [min - (ranges[at - 1]?.max ?? 0), max - min]);
}

/** Stands in the bundle as it is written here. */
function rangesOf(differences) {
  const ranges = [];
  let max = 0;
  for (let at = 0; at < differences.length; at += 2) {
    const min = max + differences[at];
    max = min + differences[at + 1];
    ranges.push({ min, max });
  }
  return ranges;
}

function compacted(json) {
  const differences = differencesOf(JSON.parse(json));
  if (JSON.stringify(rangesOf(differences)) !== json)
    throw new Error(`These ranges are not written as they were: ${json}`);
  return `rangesOf([${differences.join(',')}])`;
}

/** To be among the plugins of each bundle that reads patterns. */
const compactRanges = {
  name: 'compact ranges',
  setup: (build) =>
    build.onLoad({ filter: /node_modules[\\/]refa[\\/]index\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(table, (_, quote, json) => compacted(json));
      if (contents === source) throw new Error(`${path} no longer has tables of ranges as JSON`);
      return { contents: `${contents}\n${rangesOf}`, loader: 'js' };
    }),
};

module.exports = { compactRanges };
