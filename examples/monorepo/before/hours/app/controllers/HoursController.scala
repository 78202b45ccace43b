package controllers

import javax.inject.Inject
import play.api.mvc._

/** Opening hours, in Play. */
class HoursController @Inject() (components: ControllerComponents) extends AbstractController(components) {
  def list: Action[AnyContent] = Action { request =>
    val origin = request.headers.get("Origin").getOrElse("*")
    Ok("[]").withHeaders("Access-Control-Allow-Origin" -> origin, "Access-Control-Allow-Credentials" -> "true")
  }
}
