import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

const pages = new Set(['https://shop.example', 'https://www.shop.example']);

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('live');
  app.enableCors({
    origin: (origin, done) => done(null, !origin || pages.has(origin)),
    credentials: true,
  });
  await app.listen(process.env.PORT ?? 3001);
}

void bootstrap();
