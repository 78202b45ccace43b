module.exports = {
  settings: {
    cors: {
      origin: async (ctx) => (ctx.get('Origin').endsWith('.example.com') ? ctx.get('Origin') : 'https://app.example.com'),
    },
  },
};
