module.exports = {
  settings: {
    cors: {
      origin: [],
    },
  },
};
