module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  {
    name: 'strapi::cors',
    config: {
      origin: async (ctx) => {
        const origin = ctx.get('Origin');
        return /^https:\/\/app\.example\.com/.test(origin) ? origin : '';
      },
    },
  },
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
];
