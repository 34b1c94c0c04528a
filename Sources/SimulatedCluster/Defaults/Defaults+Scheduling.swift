import KubernetesModel

extension Defaults {
    static func priorityLevel(_ spec: inout JSONObject) {
        spec.modify("limited") { limited in
            limited.setDefault("nominalConcurrencyShares", 30)
            limited.setDefault("lendablePercent", 0)
            limited.modify("limitResponse") { response in
                response.modify("queuing") { queuing in
                    queuing.setDefault("queues", 64)
                    queuing.setDefault("handSize", 8)
                    queuing.setDefault("queueLengthLimit", 50)
                }
            }
        }
        spec.modify("exempt") { exempt in
            exempt.setDefault("nominalConcurrencyShares", 0)
            exempt.setDefault("lendablePercent", 0)
        }
    }
}
