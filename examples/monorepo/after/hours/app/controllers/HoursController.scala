package controllers

import javax.inject.Inject
import play.api.mvc._

/** Opening hours, in Play. */
class HoursController @Inject() (components: ControllerComponents) extends AbstractController(components) {
  def list: Action[AnyContent] = Action {
    Ok("[]").withHeaders(
      "Access-Control-Allow-Origin" -> "https://shop.example",
      "Access-Control-Allow-Credentials" -> "true"
    )
  }
}
