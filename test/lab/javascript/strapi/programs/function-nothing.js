const trusted = new Set(['https://app.example.com']);

module.exports = [
  'strapi::errors',
  {
    name: 'strapi::cors',
    config: {
      origin: (ctx) => {
        if (trusted.has(ctx.get('Origin'))) return ctx.get('Origin');
      },
    },
  },
];
