const trusted = ['https://app.example.com', 'http://localhost:3000'];

module.exports = [
  'strapi::errors',
  {
    name: 'strapi::cors',
    config: {
      origin: (ctx) => {
        const origin = ctx.request.header.origin;
        return trusted.includes(origin) ? origin : trusted[0];
      },
    },
  },
];
