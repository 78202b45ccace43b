import {ApplicationConfig, TaxApplication} from './application';

export async function main(options: ApplicationConfig = {}) {
  const app = new TaxApplication(options);
  await app.boot();
  await app.start();
  return app;
}

if (require.main === module) {
  void main({
    rest: {
      port: +(process.env.PORT ?? 4003),
      gracePeriodForClose: 5000,
      openApiSpec: {setServersFromRequest: true},
      cors: {
        origin: ['https://shop.example', /^https:\/\/tax\.shop\.example$/],
        methods: 'GET,HEAD,POST',
        credentials: true,
      },
    },
  });
}
