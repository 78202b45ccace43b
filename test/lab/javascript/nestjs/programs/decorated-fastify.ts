import 'reflect-metadata';
import { All, Controller, Get, Header, Module, Options, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';

@Controller('orders')
class OrdersController {
  @Get()
  @Header('Access-Control-Allow-Origin', '*')
  list() { return []; }

  @Get('mine')
  @Header('Access-Control-Allow-Origin', 'https://app.example.com')
  @Header('Access-Control-Allow-Credentials', 'true')
  @Header('Vary', 'Origin')
  mine() { return []; }

  // The one nearest to the method is set first.
  @Header('Access-Control-Allow-Origin', 'https://app.example.com')
  @Post()
  @Header('Access-Control-Allow-Origin', 'https://old.example.com')
  @Header('Access-Control-Expose-Headers', 'X-Total')
  create() { return 'made'; }

  @All('any')
  @Header('Access-Control-Allow-Origin', 'https://app.example.com')
  any() { return 'any'; }

  @Options('asked')
  @Header('Access-Control-Allow-Origin', 'https://app.example.com')
  @Header('Access-Control-Allow-Methods', 'PUT, DELETE')
  @Header('Access-Control-Allow-Headers', 'content-type, x-test')
  asked() {}
}

@Module({ controllers: [OrdersController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
  await app.listen(Number(process.env.PORT), '127.0.0.1');
}
bootstrap();
