import KubernetesModel

extension Defaults {
    /// What a claim for devices, or a template of one, wants.
    static func deviceClaim(_ spec: inout JSONObject) {
        spec.modify("devices") { devices in
            devices.modifyEach("requests") { request in
                request.modify("exactly", deviceWish)
                request.modifyEach("firstAvailable", deviceWish)
            }
        }
    }

    private static func deviceWish(_ wish: inout JSONObject) {
        wish.setDefaultText("allocationMode", "ExactCount")
        if wish.string("allocationMode") == "ExactCount", wish.int("count") ?? 0 == 0 { wish["count"] = 1 }
        wish.modifyEach("tolerations") { $0.setDefaultText("operator", "Equal") }
    }
}
