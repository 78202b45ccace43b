const config: object[] = [
  { name: 'strapi::errors' },
  {
    name: 'strapi::cors',
    config: { origin: ['https://app.example.com'], maxAge: 600, expose: ['X-Total-Count', 'Link'] },
  },
];

export default config;
