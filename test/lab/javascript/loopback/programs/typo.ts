import {ApplicationConfig} from '@loopback/core';
import {RestApplication} from '@loopback/rest';

export class StockApplication extends RestApplication {
  constructor(options: ApplicationConfig = {}) {
    super(options);
  }
}

export async function createApp(): Promise<StockApplication> {
  const config = {
    rest: {
      port: +(process.env.PORT ?? 3000),
      cors: {
        origins: ['https://app.example.com'],
        allowedMethods: ['GET'],
      },
    },
  };
  return new StockApplication(config);
}
