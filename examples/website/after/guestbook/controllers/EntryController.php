<?php

namespace app\controllers;

use yii\filters\Cors;
use yii\rest\ActiveController;

class EntryController extends ActiveController
{
    public function behaviors()
    {
        $behaviors = parent::behaviors();
        $behaviors['corsFilter'] = [
            'class' => Cors::class,
            'cors' => [
                'Origin' => ['https://shop.example'],
                'Access-Control-Request-Method' => ['GET', 'POST'],
                'Access-Control-Allow-Credentials' => true,
                'Access-Control-Max-Age' => 3600,
            ],
        ];
        return $behaviors;
    }
}
