/** Mocha's dots, and each failure as soon as it is known: a run that is ended before its end has said what it found. */
const { reporters } = require('mocha');

module.exports = class extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.on('fail', (test, error) => {
      console.log(`\nFAILED: ${test.fullTitle()} (${test.file ?? ''})\n${error?.stack ?? error}`);
    });
  }
};
