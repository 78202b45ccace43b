module.exports = {
  server: {
    cors: { origin: '*' },
  },
};
