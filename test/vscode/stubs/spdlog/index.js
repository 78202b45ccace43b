const fs = require('node:fs');
const path = require('node:path');

exports.version = 0;
exports.setFlushOn = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => createLogger(file);

function createLogger(file) {
  let level = 2;
  let pattern = true;
  const logger = {
    getLevel: () => level,
    setLevel: (next) => {
      level = next;
    },
    clearFormatters: () => {
      pattern = false;
    },
    setPattern() {},
    flush() {},
    drop() {},
  };
  ['trace', 'debug', 'info', 'warn', 'error', 'critical'].forEach((name, rank) => {
    logger[name] = (message) => {
      if (rank < level) return;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.appendFileSync(file, pattern ? `${new Date().toISOString()} [${name}] ${message}\n` : message);
    };
  });
  return logger;
}
