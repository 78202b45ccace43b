from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

cors_config = CORSConfig(allow_origin="https://app.example.com", extra_origins=["https://admin.example.com"])
app = APIGatewayRestResolver(cors=cors_config)


@app.route("/", method=["GET", "HEAD", "POST", "PUT", "DELETE"])
def index():
    return "ok"


def handler(event, context):
    return app.resolve(event, context)
