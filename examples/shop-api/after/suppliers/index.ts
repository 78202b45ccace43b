import { createExpressServer } from 'routing-controllers';
import { OfferController } from './offer-controller';

createExpressServer({
  cors: { origin: 'https://shop.example', credentials: true },
  controllers: [OfferController],
}).listen(3004);
