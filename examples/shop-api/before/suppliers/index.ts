import { createExpressServer } from 'routing-controllers';
import { OfferController } from './offer-controller';

createExpressServer({
  cors: { origin: true, credentials: true },
  controllers: [OfferController],
}).listen(3004);
