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
        origin: ['https://app.example.com', 'https://shop.example.com'],
        allowedHeaders: ['Content-Type', 'X-Test'],
        exposedHeaders: ['X-Total-Count'],
      },
    },
  };
  return new StockApplication(config);
}
