module.exports = {
  settings: {
    cors: {
      origin: true,
    },
  },
};
