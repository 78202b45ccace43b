module.exports = {
  settings: {
    cors: {
      origin: undefined,
    },
  },
};
