package import KubernetesModel

/// What happens to the objects of a scope, as a reflector tells it.
///
/// A reflector keeps no object. A consumer keeps what it needs of each, by namespace and name, with its uid and
/// resourceVersion. After `.restarting` it goes on showing what it has; every object that still exists is then named by
/// `.initial`, and at `.ready` the consumer drops what was not named in between.
package enum ReflectorEvent: Sendable, Hashable {
    /// The objects are going to be listed anew, from the first.
    case restarting
    /// An object that exists, while a list is coming in.
    case initial(KubernetesObject)
    /// How many objects of the list have come, and how many are still to come where the server told.
    case progress(loaded: Int, remaining: Int?)
    /// The list is complete, at this version; from now on changes are told as they happen.
    case ready(resourceVersion: String)
    /// An object was created or changed.
    case applied(KubernetesObject)
    /// An object is gone, or no longer selected. This is its last state.
    case deleted(KubernetesObject)
    /// The connection is lost, or refused. What was told so far stands; the reflector tries again by itself.
    case degraded(ClientError, retryIn: Duration)
    /// The connection is back.
    case recovered
}
