/** What the example's module would hold has no part in who can read it. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';

@Controller()
class Stock {
  @Get()
  left(): string {
    return 'ok';
  }
}

@Module({ controllers: [Stock] })
export class AppModule {}
