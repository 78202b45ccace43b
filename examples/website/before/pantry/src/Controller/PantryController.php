<?php
declare(strict_types=1);

namespace App\Controller;

use Cake\Event\EventInterface;

/** What goes with what the shop sells, which its app shows with the customer's own notes. */
class PantryController extends AppController
{
    public function beforeRender(EventInterface $event): void
    {
        $this->response = $this->response->cors($this->request)
            ->allowOrigin(['*shop.example'])
            ->allowMethods(['GET', 'POST'])
            ->allowCredentials()
            ->build();
    }
}
