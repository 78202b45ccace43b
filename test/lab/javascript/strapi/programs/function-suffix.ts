export default [
  'strapi::errors',
  {
    name: 'strapi::cors',
    config: {
      origin: (ctx) => {
        const origin = ctx.request.header.origin;
        if (origin.endsWith('example.com')) return origin;
        return 'https://app.example.com';
      },
    },
  },
];
