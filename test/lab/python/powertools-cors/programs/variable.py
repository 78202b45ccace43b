from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

SHOPS = ["https://app.example.com", "https://admin.example.com"]

cors_config = CORSConfig(allow_origin=SHOPS[0], extra_origins=SHOPS[1:])
app = APIGatewayRestResolver(cors=cors_config)


@app.route("/", method=["GET", "HEAD", "POST", "PUT", "DELETE"])
def index():
    return "ok"


def handler(event, context):
    return app.resolve(event, context)
